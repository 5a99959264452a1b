package com.eventuall.e2e.faults;

/** Something that breaks, by its number in the list of faults to survive. */
interface Fault {
    int number();

    String title();

    /** Breaks it while the show goes on, and measures. The world's checks come afterwards. */
    void run(World world) throws Exception;
}
