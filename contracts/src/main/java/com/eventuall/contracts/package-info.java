/**
 * What every part of the suite and its clients agree on: ids and their rules, pass claims, error codes. Plain data, no
 * run time.
 */
@NullMarked
package com.eventuall.contracts;

import org.jspecify.annotations.NullMarked;
