package com.eventuall.yjs;

/** A mark in rich text: from here on {@code key} has this value. Carried and not read. */
final class ContentFormat extends Content {

    static final int REF = 6;

    private final String key;
    private final String json;

    ContentFormat(String key, String json) {
        this.key = key;
        this.json = json;
    }

    @Override
    int ref() {
        return REF;
    }

    @Override
    boolean countable() {
        return false;
    }

    @Override
    void write(UpdateEncoder encoder, int offset) {
        encoder.writeString(key);
        encoder.writeString(json);
    }
}
