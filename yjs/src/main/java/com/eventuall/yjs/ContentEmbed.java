package com.eventuall.yjs;

/** An object inside rich text, as JSON that is carried and not read. */
final class ContentEmbed extends Content {

    static final int REF = 5;

    private final String json;

    ContentEmbed(String json) {
        this.json = json;
    }

    @Override
    int ref() {
        return REF;
    }

    @Override
    void write(UpdateEncoder encoder, int offset) {
        encoder.writeString(json);
    }
}
