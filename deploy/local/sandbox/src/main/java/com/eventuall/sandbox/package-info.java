/**
 * What the sandboxes of all vendors share: one HTTP server, failure switches, webhook delivery, the routes by which tests look
 * at and change a vendor's state. A vendor is a {@link com.eventuall.sandbox.VendorSandbox} in a package of its own. All of it
 * runs on one event loop, so state needs no locks; code on other threads uses {@link
 * com.eventuall.sandbox.SandboxServer#call}.
 */
@NullMarked
package com.eventuall.sandbox;

import org.jspecify.annotations.NullMarked;
