package com.eventuall.token;

import com.eventuall.contracts.Role;

/** Who may publish audio and video in a room. */
public enum PublishPolicy {
    /** Everybody who may join. */
    EVERYONE,
    /** Moderators, and those who are on stage at the moment. */
    STAGE;

    /** Whether somebody may publish now. */
    public boolean allows(Role role, boolean onStage) {
        return this == EVERYONE || role.moderates() || onStage;
    }
}
