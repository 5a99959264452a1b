package com.eventuall.yjs;

import com.eventuall.yjs.lib0.Any;
import com.eventuall.yjs.lib0.Decoder;
import com.eventuall.yjs.lib0.YjsFormatException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Takes an update in format 1 apart and checks all that can be checked without a document: lengths, tags, clocks, and
 * that no struct refers to its own client's future.
 */
final class UpdateDecoder {

    private static final int CONTENT_BITS = 0x1f;

    private final Decoder rest;

    private UpdateDecoder(byte[] update) {
        rest = new Decoder(update);
    }

    /** @throws YjsFormatException if the bytes are no update */
    static Update decode(byte[] bytes) {
        UpdateDecoder decoder = new UpdateDecoder(bytes);
        Update update = new Update();
        int clients = decoder.rest.readCount(3);
        for (int i = 0; i < clients; i++) {
            decoder.readClientStructs(update);
        }
        update.deletions.addAll(DeleteSet.read(decoder.rest));
        decoder.rest.expectEnd();
        return update;
    }

    private void readClientStructs(Update update) {
        int count = rest.readCount(2);
        long client = rest.readVarUint();
        long clock = rest.readVarUint();
        List<Struct> structs = new ArrayList<>(Math.min(count, 16));
        for (int i = 0; i < count; i++) {
            Struct struct = readStruct(checked(new Id(client, clock)));
            clock = struct.end();
            if (struct.length() <= 0 || clock > Struct.MAX_CLOCK) {
                throw new YjsFormatException("impossible length of a struct");
            }
            structs.add(struct);
        }
        if (count > 0 && update.structs.put(client, structs) != null) {
            throw new YjsFormatException("a client's structs come twice");
        }
    }

    private Struct readStruct(Id id) {
        int info = rest.readUint8();
        return switch (info & CONTENT_BITS) {
            case GC.REF -> new GC(id.client(), id.clock(), readLength());
            case Skip.REF -> new Skip(id.client(), id.clock(), readLength());
            default -> Item.read(this, id, info);
        };
    }

    Id readId() {
        return checked(new Id(rest.readVarUint(), rest.readVarUint()));
    }

    private static Id checked(Id id) {
        if (id.clock() > Struct.MAX_CLOCK) {
            throw new YjsFormatException("impossible clock");
        }
        return id;
    }

    Parent readParent() {
        return rest.readVarUint() == 1 ? new Parent.Root(rest.readVarString()) : readId();
    }

    String readString() {
        return rest.readVarString();
    }

    /** An item can only refer to what its own client made before it. */
    void checkReference(Id item, @Nullable Id reference) {
        if (reference != null && reference.client() == item.client() && reference.clock() >= item.clock()) {
            throw new YjsFormatException("a struct refers to itself or later");
        }
    }

    Content readContent(int info) {
        int ref = info & CONTENT_BITS;
        return switch (ref) {
            case ContentDeleted.REF -> ContentDeleted.of(readLength());
            case ContentJson.REF -> readJson();
            case ContentBinary.REF -> new ContentBinary(rest.readVarBytes());
            case ContentString.REF -> new ContentString(rest.readVarString());
            case ContentEmbed.REF -> new ContentEmbed(rest.readVarString());
            case ContentFormat.REF -> new ContentFormat(rest.readVarString(), rest.readVarString());
            case ContentType.REF -> new ContentType(readType());
            case ContentAny.REF -> readAny();
            case ContentDoc.REF -> new ContentDoc(rest.readVarString(), Any.readRaw(rest));
            default -> throw new YjsFormatException("unknown content " + ref);
        };
    }

    private ContentJson readJson() {
        String[] texts = new String[rest.readCount(1)];
        for (int i = 0; i < texts.length; i++) {
            texts[i] = rest.readVarString();
        }
        return new ContentJson(texts);
    }

    private ContentAny readAny() {
        int count = rest.readCount(1);
        int from = rest.position();
        for (int i = 0; i < count; i++) {
            Any.skip(rest);
        }
        return new ContentAny(rest.slice(from), count);
    }

    private YType readType() {
        YType.Kind kind = YType.Kind.of(rest.readVarUint());
        if (kind == null) {
            throw new YjsFormatException("unknown shared type");
        }
        return YType.nested(kind, kind.named() ? rest.readVarString() : null);
    }

    /** Lengths of runs that take no bytes are not bound by the input; they only have to be an int, and cost nothing. */
    private int readLength() {
        long length = rest.readVarUint();
        if (length > Struct.MAX_CLOCK) {
            throw new YjsFormatException("impossible length of a struct");
        }
        return (int) length;
    }
}
