/**
 * The byte encoding under Yjs, as the JavaScript library lib0 defines it: variable-length integers up to 2^53, UTF-8
 * strings with a length in front, and self-describing {@code any} values.
 */
@NullMarked
package com.eventuall.yjs.lib0;

import org.jspecify.annotations.NullMarked;
