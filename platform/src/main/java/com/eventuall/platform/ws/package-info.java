/** What services with sockets share: the check before the upgrade, and closing on expiry and revocation. */
@NullMarked
package com.eventuall.platform.ws;

import org.jspecify.annotations.NullMarked;
