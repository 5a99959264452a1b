package com.eventuall.recording;

import com.eventuall.recording.clip.ClipWindow;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** Mux Video, as far as recordings need it. Failures are {@link VendorFailure}; every call ends within the vendor timeout. */
public interface MuxPort {

    /** Most entries of one page of a list. */
    int PAGE_SIZE = 100;

    /** Makes a live stream whose assets carry the same tag. Not safe to repeat. */
    CompletionStage<StreamView> createStream(String tag, boolean lowLatency);

    /** One stream; {@link StreamView.Status#ABSENT} when Mux does not know it. */
    CompletionStage<StreamView> stream(String streamId);

    /** One page of all streams, newest first; pages count from 1. */
    CompletionStage<List<StreamView>> streams(int page);

    /** Ends the broadcast; an absent stream is a success. */
    CompletionStage<Void> completeStream(String streamId);

    /** Refuses encoders from now on; an absent stream is a success. */
    CompletionStage<Void> disableStream(String streamId);

    /** Deletes a stream, not its assets; an absent stream is a success. */
    CompletionStage<Void> deleteStream(String streamId);

    /** What was recorded of a stream. */
    CompletionStage<List<AssetView>> assetsOf(String streamId);

    /** One page of all assets, newest first; pages count from 1. */
    CompletionStage<List<AssetView>> assets(int page);

    /** Cuts a clip. Not safe to repeat. */
    CompletionStage<AssetView> createClip(String tag, ClipWindow window);

    /** One asset; status ABSENT when Mux does not know it. */
    CompletionStage<AssetView> asset(String assetId);

    /** Deletes an asset; an absent one is a success. */
    CompletionStage<Void> deleteAsset(String assetId);
}
