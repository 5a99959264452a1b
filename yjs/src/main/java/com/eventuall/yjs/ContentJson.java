package com.eventuall.yjs;

import java.util.Arrays;

/** Values as JSON texts, the form of old clients; the text {@code undefined} stands for itself. */
final class ContentJson extends Content {

    static final int REF = 2;

    private String[] texts;

    ContentJson(String... texts) {
        this.texts = texts;
    }

    String text(int index) {
        return texts[index];
    }

    @Override
    int ref() {
        return REF;
    }

    @Override
    int length() {
        return texts.length;
    }

    @Override
    ContentJson splice(int offset) {
        ContentJson right = new ContentJson(Arrays.copyOfRange(texts, offset, texts.length));
        texts = Arrays.copyOf(texts, offset);
        return right;
    }

    @Override
    ContentJson mergedWith(Content right) {
        String[] more = ((ContentJson) right).texts;
        String[] both = Arrays.copyOf(texts, texts.length + more.length);
        System.arraycopy(more, 0, both, texts.length, more.length);
        return new ContentJson(both);
    }

    @Override
    void write(UpdateEncoder encoder, int offset) {
        encoder.writeLength(texts.length - offset);
        for (int i = offset; i < texts.length; i++) {
            encoder.writeString(texts[i]);
        }
    }
}
