/** Who may publish in a room, and for how long a token lives: the rules, without any vendor or transport. */
@NullMarked
package com.eventuall.token;

import org.jspecify.annotations.NullMarked;
