package com.eventuall.platform.start;

import io.smallrye.mutiny.Uni;

/**
 * Something that requests need and whose first use is slow, because classes are loaded and connections opened by it. Every bean
 * of this type is used once before the replica reports ready, see {@link WarmUp}.
 */
public interface FirstUse {
    /** Uses it, without leaving a trace in any store. How it ends does not matter. */
    Uni<?> run();
}
