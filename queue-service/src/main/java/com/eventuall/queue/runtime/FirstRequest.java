package com.eventuall.queue.runtime;

import com.eventuall.contracts.RoomKey;
import com.eventuall.platform.start.FirstUse;
import com.eventuall.queue.Place;
import com.eventuall.queue.QueueDocument;
import com.eventuall.queue.QueueOperations;
import com.eventuall.yjs.Doc;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

/** Looks at the queue of a room that there is not, and approves nobody in a document that is thrown away. */
@ApplicationScoped
class FirstRequest implements FirstUse {
    private static final String NOBODY = "warm-up";

    private final QueueOperations queue;

    FirstRequest(QueueOperations queue) {
        this.queue = queue;
    }

    @Override
    public Uni<?> run() {
        QueueDocument document = new QueueDocument(new Doc());
        document.request(NOBODY, NOBODY, 0, NOBODY);
        document.moveTo(Place.LIVE, NOBODY);
        new Doc().applyUpdate(document.doc().encodeStateAsUpdate());
        return Uni.createFrom().completionStage(() -> queue.published(new RoomKey(NOBODY, NOBODY)));
    }
}
