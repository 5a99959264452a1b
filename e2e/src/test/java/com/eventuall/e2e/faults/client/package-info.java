/** Simulated people and onlookers: they use the suite as browsers and other systems do, and record all they see. */
@NullMarked
package com.eventuall.e2e.faults.client;

import org.jspecify.annotations.NullMarked;
