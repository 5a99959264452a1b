package com.eventuall.presence;

/**
 * How far a node and the store have come in a room. A store that has less than it once acknowledged has lost data, even if
 * nothing that anybody sees is missing.
 *
 * @param head the newest place
 * @param batch the number of the node's last batch there; 0 if there was none
 */
public record Standing(Head head, long batch) {
    /** Of a node that has no replica, or a room that does not exist. */
    public static final Standing NONE = new Standing(Head.NONE, 0);
}
