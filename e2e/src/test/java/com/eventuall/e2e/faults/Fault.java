package com.eventuall.e2e.faults;

import java.util.List;

/** Something that breaks, by its number in the list of faults to survive. */
interface Fault {
    int number();

    String title();

    /** The options of the local stack it runs on; faults with the same ones share a stack. */
    default List<String> stack() {
        return FaultRun.STACK;
    }

    /** Breaks it while the show goes on, and measures. The world's checks come afterwards. */
    void run(World world) throws Exception;
}
