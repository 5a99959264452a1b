/**
 * A Yjs document in plain Java: the shared types, their conflict-free merging (YATA) and the binary update format,
 * version 1, byte compatible with yjs 13. The names are those of the yjs sources and of its INTERNALS paper, so that a
 * reader who knows one knows the other: a {@link com.eventuall.yjs.Doc} owns a {@code StructStore} of {@code Item}s and
 * {@code GC}s per client, an update is decoded into structs and a {@code DeleteSet}, integrated in a
 * {@code Transaction}, and neighbours are merged when it ends.
 *
 * <p>What is read and written: {@link com.eventuall.yjs.YMap}, {@link com.eventuall.yjs.YArray},
 * {@link com.eventuall.yjs.YText}. Everything else (rich text marks, XML, sub-documents) is carried unchanged, byte for
 * byte, but has no reading interface here. Update format 2, undo and relative positions are left out.
 *
 * <p>Input is never trusted. An update is decoded and checked as a whole before the document is touched; whatever is
 * wrong with it is a {@link com.eventuall.yjs.lib0.YjsFormatException} and leaves the document as it was. No structure is
 * allocated by a claimed size, and no recursion follows the sender's nesting.
 *
 * <p>This engine was written after the algorithms of yjs (MIT licence, copyright Kevin Jahns and others); see NOTICE.
 */
@NullMarked
package com.eventuall.yjs;

import org.jspecify.annotations.NullMarked;
