package com.eventuall.e2e.faults.check;

import java.util.ArrayList;
import java.util.List;

/** All promises over one history. Facts are fed in order, from a running show or from a file. */
public final class Checker {
    private final Divergence divergence = new Divergence();
    private final List<Rule> rules = List.of(
            new Versions(),
            new Agreement(),
            new EventRows(),
            new Stays(),
            new AckedMoves(),
            new Recordings(),
            new Clips(),
            new Chat(),
            divergence);

    /** What a whole history breaks. */
    public static List<Violation> check(Iterable<Fact> history) {
        Checker checker = new Checker();
        history.forEach(checker::see);
        return checker.end();
    }

    public void see(Fact fact) {
        rules.forEach(rule -> rule.see(fact));
    }

    public List<Violation> end() {
        List<Violation> violations = new ArrayList<>();
        rules.forEach(rule -> violations.addAll(rule.end()));
        return violations;
    }

    /** How long clients saw something else than what was true, at most. */
    public Divergence divergence() {
        return divergence;
    }
}
