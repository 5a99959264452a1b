package com.eventuall.e2e.faults;

import com.eventuall.e2e.faults.check.Violation;
import java.nio.file.Path;
import java.util.List;

/** What came of one fault. */
record Result(Fault fault, List<Figure> figures, List<Violation> violations, long facts, Path history) {
    boolean holds() {
        return violations.isEmpty() && figures.stream().allMatch(Figure::holds);
    }

    /** A row of the table. */
    String row() {
        StringBuilder row = new StringBuilder(
                String.format("| %2d | %-44s | %-6s | ", fault.number(), fault.title(), holds() ? "holds" : "BROKEN"));
        figures.forEach(figure -> row.append(figure).append("; "));
        return row.append(violations.size())
                .append(" promises broken in ")
                .append(facts)
                .append(" facts |")
                .toString();
    }
}
