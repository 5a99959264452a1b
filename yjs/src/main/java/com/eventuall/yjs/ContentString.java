package com.eventuall.yjs;

/** Text. Its length is counted in UTF-16 units, as JavaScript does. */
final class ContentString extends Content {

    static final int REF = 4;

    private static final char REPLACEMENT = '\ufffd';

    private String text;

    ContentString(String text) {
        this.text = text;
    }

    String text() {
        return text;
    }

    @Override
    int ref() {
        return REF;
    }

    @Override
    int length() {
        return text.length();
    }

    /** A surrogate pair that is cut in two becomes U+FFFD on both sides: halves cannot be written as UTF-8. */
    @Override
    ContentString splice(int offset) {
        String left = text.substring(0, offset);
        String right = text.substring(offset);
        if (Character.isHighSurrogate(left.charAt(offset - 1))) {
            left = left.substring(0, offset - 1) + REPLACEMENT;
            right = REPLACEMENT + right.substring(1);
        }
        text = left;
        return new ContentString(right);
    }

    @Override
    ContentString mergedWith(Content right) {
        return new ContentString(text + ((ContentString) right).text);
    }

    @Override
    void write(UpdateEncoder encoder, int offset) {
        encoder.writeString(text.substring(offset));
    }
}
