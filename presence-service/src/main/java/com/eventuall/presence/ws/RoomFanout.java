package com.eventuall.presence.ws;

import com.eventuall.contracts.CloseCode;
import com.eventuall.contracts.RoomKey;
import com.eventuall.presence.Audience;
import com.eventuall.presence.Update;
import com.eventuall.presence.View;
import com.eventuall.presence.tracing.FanoutTraces;
import com.eventuall.presence.wire.WireEncoder;
import io.netty.buffer.ByteBuf;
import io.netty.channel.EventLoop;
import io.opentelemetry.api.trace.Span;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The sockets of one room, grouped by event loop. An update is encoded once; each loop that has listeners gets the same
 * buffer, in order, and writes it to its own. Called on the room's thread; the groups are touched on their loops.
 */
final class RoomFanout implements Audience {
    private final Map<String, Outbox> outboxes = new HashMap<>();
    private final Map<EventLoop, Group> groups = new HashMap<>();
    private final Map<String, View> views = new HashMap<>();
    private final Map<View, Integer> listeners = new EnumMap<>(View.class);
    private final RoomKey room;
    private final FanoutMeter meter;
    private final FanoutTraces traces;
    private @Nullable SnapshotFrames cached;

    /** The outboxes of one event loop. */
    private static final class Group {
        private final Map<View, Set<Outbox>> byView = new EnumMap<>(View.class);

        Set<Outbox> of(View view) {
            return byView.computeIfAbsent(view, ignored -> new LinkedHashSet<>());
        }

        void place(Outbox outbox, View view) {
            if (outbox.view() != view) {
                remove(outbox);
                of(view).add(outbox);
            }
        }

        void remove(Outbox outbox) {
            byView.values().forEach(members -> members.remove(outbox));
        }
    }

    RoomFanout(RoomKey room, FanoutMeter meter, FanoutTraces traces) {
        this.room = room;
        this.meter = meter;
        this.traces = traces;
    }

    void add(Outbox outbox) {
        outboxes.put(outbox.connectionId(), outbox);
        groups.computeIfAbsent(outbox.loop(), ignored -> new Group());
    }

    void remove(String connectionId) {
        Outbox outbox = outboxes.remove(connectionId);
        count(views.remove(connectionId), -1);
        if (outbox != null) {
            Group group = group(outbox);
            outbox.loop().execute(() -> group.remove(outbox));
        }
    }

    Collection<Outbox> outboxes() {
        return outboxes.values();
    }

    /** Every admitted socket, each on its event loop; one task per loop. */
    void onLoops(Consumer<Outbox> task) {
        groups.forEach((loop, group) -> loop.execute(() -> group.byView.values().forEach(of -> of.forEach(task))));
    }

    /** Frees what is held for the room. */
    void close() {
        forgetCached();
    }

    private Group group(Outbox outbox) {
        Group group = groups.get(outbox.loop());
        if (group == null) {
            throw new IllegalStateException("A connection does not change its event loop");
        }
        return group;
    }

    @Override
    public void broadcast(View view, Update update) {
        if (listeners.getOrDefault(view, 0) == 0) {
            return;
        }
        long begin = System.nanoTime();
        ByteBuf frame = encode(update, false);
        if (update instanceof Update.Patch patch) {
            Span span = traces.begin(room, view.name(), patch.from(), patch.version());
            toAll(view, frame, begin, outbox -> outbox.offer(frame, patch.from(), patch.version()));
            if (span != null) {
                endWhenWritten(span);
            }
        } else {
            toAll(view, frame, begin, outbox -> outbox.replace(view, frame, update.version()));
        }
        frame.release();
    }

    /** Loops run their tasks in order, so this comes after the frames that were handed to them before. */
    private void endWhenWritten(Span span) {
        AtomicInteger writing = new AtomicInteger(groups.size());
        groups.keySet()
                .forEach(loop -> loop.execute(() -> {
                    if (writing.decrementAndGet() == 0) {
                        span.end();
                    }
                }));
    }

    private void toAll(View view, ByteBuf frame, long begin, Consumer<Outbox> each) {
        groups.forEach((loop, group) -> {
            frame.retain();
            loop.execute(() -> {
                try {
                    group.of(view).forEach(each);
                } finally {
                    frame.release();
                    meter.fannedOut(System.nanoTime() - begin);
                }
            });
        });
    }

    @Override
    public void admit(String connectionId, View view, Update update) {
        Outbox outbox = outboxes.get(connectionId);
        if (outbox == null) {
            return;
        }
        show(connectionId, view);
        ByteBuf frame = encode(update, outbox.takesGzip());
        Group group = group(outbox);
        outbox.loop().execute(() -> {
            try {
                group.place(outbox, view);
                if (update instanceof Update.Patch patch) {
                    outbox.continueWith(view, frame, patch.from(), patch.version());
                } else {
                    outbox.replace(view, frame, update.version());
                }
            } finally {
                frame.release();
            }
        });
    }

    @Override
    public void admitAt(String connectionId, View view, long version) {
        Outbox outbox = outboxes.get(connectionId);
        if (outbox != null) {
            show(connectionId, view);
            Group group = group(outbox);
            outbox.loop().execute(() -> {
                group.place(outbox, view);
                outbox.follow(view, version);
            });
        }
    }

    private void show(String connectionId, View view) {
        count(views.put(connectionId, view), -1);
        count(view, 1);
    }

    private void count(@Nullable View view, int change) {
        if (view != null) {
            listeners.merge(view, change, Integer::sum);
        }
    }

    @Override
    public void close(String connectionId, CloseCode code) {
        Outbox outbox = outboxes.get(connectionId);
        if (outbox != null) {
            outbox.close(code);
        }
    }

    /** The update as a frame, which the caller releases. A snapshot that many ask for is encoded once. */
    private ByteBuf encode(Update update, boolean gzip) {
        if (!(update instanceof Update.Snapshot snapshot)) {
            return Frames.text(WireEncoder.message(update));
        }
        SnapshotFrames frames = cached;
        if (frames == null || !frames.are(snapshot)) {
            forgetCached();
            frames = new SnapshotFrames(snapshot);
            cached = frames;
        }
        return gzip ? frames.gzip() : frames.text();
    }

    private void forgetCached() {
        if (cached != null) {
            cached.release();
            cached = null;
        }
    }
}
