/** Passes for development and tests: what the platform's web back end does in production, and what an attacker would try. */
@NullMarked
package com.eventuall.local.passes;

import org.jspecify.annotations.NullMarked;
