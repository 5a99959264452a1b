/**
 * Mux Video: live streams, assets and clips, driven by encoders that connect through {@link
 * com.eventuall.sandbox.RtmpIngest}.
 */
@NullMarked
package com.eventuall.sandbox.mux;

import org.jspecify.annotations.NullMarked;
