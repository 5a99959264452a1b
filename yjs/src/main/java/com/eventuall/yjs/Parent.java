package com.eventuall.yjs;

/**
 * How an item names the type it lives in: before it is integrated by the root's name or the id of the item that holds
 * the type, afterwards by the type itself.
 */
sealed interface Parent permits Id, Parent.Root, YType {

    /** A root type of the document, which exists as soon as somebody names it. */
    record Root(String name) implements Parent {}
}
