package com.eventuall.yjs;

import org.jspecify.annotations.Nullable;

/**
 * One insertion: content, and where it belongs. {@code origin} and {@code rightOrigin} are the neighbours its author saw
 * and never change; {@code left} and {@code right} are the neighbours it has now.
 */
final class Item extends Struct {

    private static final int HAS_PARENT_SUB = 0x20;
    private static final int HAS_RIGHT_ORIGIN = 0x40;
    private static final int HAS_ORIGIN = 0x80;

    private static final int NONE = -1;

    final @Nullable Id rightOrigin;

    /** An id in two fields: nearly every item has this one, and an object for it would take twice the room. */
    private final long originClient;

    private final int originClock;

    /** The key in the parent's map, or null in its list. Known before integration only if no origin says it. */
    @Nullable
    String parentSub;

    @Nullable
    Item left;

    @Nullable
    Item right;

    /** Null for an item whose neighbour or parent is garbage: it becomes garbage itself. */
    @Nullable
    Parent parent;

    Content content;

    private boolean deleted;

    Item(
            Id id,
            @Nullable Id origin,
            @Nullable Id rightOrigin,
            @Nullable Parent parent,
            @Nullable String parentSub,
            Content content) {
        super(id.client(), id.clock());
        this.originClient = origin == null ? NONE : origin.client();
        this.originClock = origin == null ? NONE : (int) origin.clock();
        this.rightOrigin = rightOrigin;
        this.parent = parent;
        this.parentSub = parentSub;
        this.content = content;
    }

    @Override
    int length() {
        return content.length();
    }

    /** The neighbour on the left that its author saw. */
    @Nullable
    Id origin() {
        return originClock == NONE ? null : new Id(originClient, originClock);
    }

    @Override
    boolean deleted() {
        return deleted;
    }

    void markDeleted() {
        deleted = true;
    }

    Id lastId() {
        return new Id(client, end() - 1);
    }

    /** The type this lives in; only for integrated items. */
    YType type() {
        if (parent instanceof YType type) {
            return type;
        }
        throw new IllegalStateException("item has no place yet");
    }

    @Override
    @Nullable
    Long missing(StructStore store) {
        Long missing = ownerIfMissing(store, origin());
        if (missing == null) {
            missing = ownerIfMissing(store, rightOrigin);
        }
        if (missing == null && parent instanceof Id id) {
            missing = ownerIfMissing(store, id);
        }
        return missing;
    }

    /** A client's own structs come in order, so what it refers to of its own is there (the decoder checked the clocks). */
    private @Nullable Long ownerIfMissing(StructStore store, @Nullable Id id) {
        if (id == null || id.client() == client || id.clock() < store.state(id.client())) {
            return null;
        }
        return id.client();
    }

    @Override
    void integrate(Transaction transaction) {
        new Integration(transaction, this).run();
    }

    /** Cuts this in two behind its first {@code offset} units; the caller stores the right part that is returned. */
    Item split(Transaction transaction, int offset) {
        Item rest = new Item(
                new Id(client, clock + offset),
                new Id(client, clock + offset - 1),
                rightOrigin,
                parent,
                parentSub,
                content.splice(offset));
        rest.deleted = deleted;
        rest.left = this;
        rest.right = right;
        right = rest;
        if (rest.right != null) {
            rest.right.left = rest;
        } else if (parentSub != null) {
            type().map.put(parentSub, rest);
        }
        transaction.mergeLater(rest);
        return rest;
    }

    @Override
    boolean mergeWith(Struct other) {
        if (!(other instanceof Item next)
                || right != next
                || deleted != next.deleted
                || client != next.client
                || end() != next.clock
                || next.originClient != client
                || next.originClock != end() - 1
                || !Id.equal(rightOrigin, next.rightOrigin)
                || content.getClass() != next.content.getClass()) {
            return false;
        }
        Content merged = content.mergedWith(next.content);
        if (merged == null) {
            return false;
        }
        content = merged;
        right = next.right;
        if (right != null) {
            right.left = this;
        }
        if (next.parentSub != null && type().map.get(next.parentSub) == next) {
            type().map.put(next.parentSub, this);
        }
        return true;
    }

    void delete(Transaction transaction) {
        if (deleted) {
            return;
        }
        if (content.countable() && parentSub == null) {
            type().listLength -= length();
        }
        deleted = true;
        transaction.deleteSet.add(client, clock, length());
        content.delete(transaction);
    }

    /** Throws the content away; with the parent gone as well, even the place is forgotten. */
    void gc(Transaction transaction, boolean parentGone) {
        content.gc(transaction);
        if (parentGone) {
            transaction.doc.store.replace(this, new GC(client, clock, length()));
        } else {
            content = ContentDeleted.of(length());
        }
    }

    @Override
    Item sliceFrom(int offset) {
        return new Item(
                new Id(client, clock + offset),
                new Id(client, clock + offset - 1),
                rightOrigin,
                parent,
                parentSub,
                content.splice(offset));
    }

    @Override
    void write(UpdateEncoder encoder, int offset) {
        Id writtenOrigin = offset > 0 ? new Id(client, clock + offset - 1) : origin();
        encoder.writeInfo(content.ref()
                | (writtenOrigin != null ? HAS_ORIGIN : 0)
                | (rightOrigin != null ? HAS_RIGHT_ORIGIN : 0)
                | (parentSub != null ? HAS_PARENT_SUB : 0));
        if (writtenOrigin != null) {
            encoder.writeId(writtenOrigin);
        }
        if (rightOrigin != null) {
            encoder.writeId(rightOrigin);
        }
        if (writtenOrigin == null && rightOrigin == null) {
            writeParent(encoder);
        }
        content.write(encoder, offset);
    }

    private void writeParent(UpdateEncoder encoder) {
        if (parent instanceof YType type) {
            type.writeAsParent(encoder);
        } else if (parent instanceof Id id) {
            encoder.writeParent(id.client(), id.clock());
        } else if (parent instanceof Parent.Root root) {
            encoder.writeParent(root.name());
        }
        if (parentSub != null) {
            encoder.writeString(parentSub);
        }
    }

    /** @param info the first byte of an item: its content's number and which references follow */
    static Item read(UpdateDecoder decoder, Id id, int info) {
        Id origin = (info & HAS_ORIGIN) != 0 ? decoder.readId() : null;
        Id rightOrigin = (info & HAS_RIGHT_ORIGIN) != 0 ? decoder.readId() : null;
        Parent parent = null;
        String parentSub = null;
        if (origin == null && rightOrigin == null) {
            parent = decoder.readParent();
            parentSub = (info & HAS_PARENT_SUB) != 0 ? decoder.readString() : null;
        }
        decoder.checkReference(id, origin);
        decoder.checkReference(id, rightOrigin);
        decoder.checkReference(id, parent instanceof Id parentId ? parentId : null);
        return new Item(id, origin, rightOrigin, parent, parentSub, decoder.readContent(info));
    }
}
