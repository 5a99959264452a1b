/** A whole show in real browsers: moderators and participants in contexts of their own, on one local stack. */
package com.eventuall.e2e.show;
