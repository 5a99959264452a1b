package com.eventuall.e2e.faults.check;

import java.util.List;

/** One promise. Sees all facts of a history in their order, and says at the end what was broken. */
public interface Rule {
    void see(Fact fact);

    List<Violation> end();
}
