package com.eventuall.yjs;

/** A shared text. Indexes count UTF-16 units. Marks and embedded objects of rich text are kept and not shown. */
public final class YText {

    private final YList list;

    YText(YType type) {
        list = new YList(type);
    }

    public int length() {
        return list.type.listLength;
    }

    public void insert(int index, String text) {
        if (!text.isEmpty()) {
            list.insert(index, new ContentString(text));
        }
    }

    public void delete(int index, int length) {
        list.delete(index, length);
    }

    @Override
    public String toString() {
        return Json.text(list.type);
    }
}
