package com.eventuall.yjs;

import java.util.Random;

/** Random local edits with the engine's own interfaces. */
final class RandomWriter {

    private RandomWriter() {}

    static void edit(Doc doc, Random random) {
        doc.transact(() -> {
            for (int i = random.nextInt(4); i >= 0; i--) {
                editOnce(doc, random);
            }
        });
    }

    private static void editOnce(Doc doc, Random random) {
        YArray array = doc.getArray("array");
        YText text = doc.getText("text");
        YMap map = doc.getMap("map");
        String key = "ab".substring(random.nextInt(2)).substring(0, 1);
        switch (random.nextInt(9)) {
            case 0 -> map.set(key, random.nextInt());
            case 1 -> map.delete(key);
            case 2 -> map.setMap(key).set("inner", random.nextBoolean());
            case 3 -> array.insert(random.nextInt(array.length() + 1), random.nextInt(), "x", null);
            case 4 -> array.insertMap(random.nextInt(array.length() + 1)).set("k", random.nextDouble());
            case 5 -> {
                int at = random.nextInt(array.length() + 1);
                array.delete(at, random.nextInt(Math.min(3, array.length() - at) + 1));
            }
            case 6, 7 -> text.insert(random.nextInt(text.length() + 1), random.nextBoolean() ? "😀" : "né");
            default -> {
                int at = random.nextInt(text.length() + 1);
                text.delete(at, random.nextInt(Math.min(3, text.length() - at) + 1));
            }
        }
    }
}
