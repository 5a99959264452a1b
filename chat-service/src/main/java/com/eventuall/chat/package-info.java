/**
 * Room chat, reactions and vetting: what is done, in which order, and what holds when something fails in between. Knows the
 * stores and the vendor only as ports; no server, no vendor.
 */
@NullMarked
package com.eventuall.chat;

import org.jspecify.annotations.NullMarked;
