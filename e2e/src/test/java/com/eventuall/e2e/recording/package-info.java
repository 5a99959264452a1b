/** Recordings over the whole suite: from the stage to clips, and from a failure at a vendor to the viewers. */
@NullMarked
package com.eventuall.e2e.recording;

import org.jspecify.annotations.NullMarked;
