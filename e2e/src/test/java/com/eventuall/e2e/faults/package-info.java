/** A show on the whole suite while something breaks: what clients may count on, checked afterwards. */
@NullMarked
package com.eventuall.e2e.faults;

import org.jspecify.annotations.NullMarked;
