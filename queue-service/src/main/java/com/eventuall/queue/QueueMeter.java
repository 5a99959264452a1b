package com.eventuall.queue;

/** Hears what happens in the rooms of this process, to be counted. Called on the rooms' threads. */
public interface QueueMeter {

    /** For who does not count. */
    QueueMeter NONE = new QueueMeter() {
        @Override
        public void durable(int updates, long millis) {}

        @Override
        public void sent(int frames) {}

        @Override
        public void compacted() {}

        @Override
        public void rolledOver() {}

        @Override
        public void becameOwner() {}
    };

    /** Updates that this process took are in the log, so long after they were sent there. */
    void durable(int updates, long millis);

    /** A document's change went to so many sockets. */
    void sent(int frames);

    /** A log was replaced by a snapshot. */
    void compacted();

    /** A document grew too large and was replaced by a new one. */
    void rolledOver();

    /** This process announces for a room that it did not announce for before. */
    void becameOwner();
}
