package com.eventuall.deploy.checks;

import java.util.List;

/** One kind of mistake that is looked for. */
public interface Check {
    /** What is wrong, in no particular order; empty if nothing. */
    List<Finding> inspect(Manifests manifests);
}
