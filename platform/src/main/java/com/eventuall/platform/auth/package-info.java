/** Who is calling: verified passes, what they open, and their revocation. The same checks for REST and for upgrades. */
@NullMarked
package com.eventuall.platform.auth;

import org.jspecify.annotations.NullMarked;
