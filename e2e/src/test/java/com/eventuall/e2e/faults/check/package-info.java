/** What must hold in every history, whatever fault was injected: pure functions over recorded facts. */
@NullMarked
package com.eventuall.e2e.faults.check;

import org.jspecify.annotations.NullMarked;
