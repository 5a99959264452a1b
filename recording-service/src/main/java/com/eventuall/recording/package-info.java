/**
 * The rules of recordings and clips: a state machine that is a pure function, the clip calculator, and the ports to the
 * store and the vendors. Nothing here knows Quarkus, a database or a vendor SDK; DESIGN.md beside the module's sources
 * tells the protocol that keeps a crash from losing or doubling anything.
 */
@NullMarked
package com.eventuall.recording;

import org.jspecify.annotations.NullMarked;
