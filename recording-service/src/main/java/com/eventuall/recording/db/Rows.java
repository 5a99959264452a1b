package com.eventuall.recording.db;

import java.util.List;

/**
 * All rows of one recording, as loaded.
 *
 * @param recording its own row
 * @param effects what was made
 * @param assets what was recorded
 * @param clips its clips
 */
record Rows(RecordingEntity recording, List<EffectEntity> effects, List<AssetEntity> assets, List<ClipEntity> clips) {}
