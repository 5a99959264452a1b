/**
 * Vetting: the private conversation between a person who asked for the stage and the moderators. The rules by which facts from
 * the queue, which may come late, twice and in any order, move vettings through their phases. No server, no clock.
 */
@NullMarked
package com.eventuall.chat.vetting;

import org.jspecify.annotations.NullMarked;
