package com.eventuall.queue;

import com.eventuall.contracts.Ids;
import com.eventuall.contracts.InvalidIdException;
import com.eventuall.yjs.Doc;
import com.eventuall.yjs.Id;
import com.eventuall.yjs.YMap;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The stage queue in a Yjs document: root map {@code queue}, user id to a nested map with {@code list}, a rank per list and
 * what the server wrote once. Of all models that were tried by random schedules this one shows no anomaly: the atomic
 * {@code list} keeps a person on one list, a rank per list keeps moving and approving apart, and deleting the nested map
 * takes concurrent edits inside it along, so that removal wins.
 *
 * <p>Each operation is one transaction and writes no field whose value stays: a needless write would beat somebody else's.
 */
public final class QueueDocument {

    private static final String QUEUE = "queue";
    private static final String LIST = "list";
    private static final String NAME = "name";
    private static final String REQUESTED_AT = "requestedAt";
    private static final String TICKET = "ticket";
    private static final int MAX_TICKET = 64;
    private static final int MAX_NAME = 200;
    private static final Pattern RANK = Pattern.compile("[0-9A-Za-z]{1,200}");

    /** Longer ranks cost every reader; the list is ranked anew. Thousands of moves into one gap are needed to get there. */
    static final int LONG_RANK = 64;

    private final Doc doc;

    public QueueDocument(Doc doc) {
        this.doc = doc;
    }

    public Doc doc() {
        return doc;
    }

    /** Puts somebody at the end of the pending list. Returns false if they are in the queue already. */
    public boolean request(String userId, String name, long requestedAt, String ticket) {
        YMap queue = queue();
        if (queue.has(userId)) {
            return false;
        }
        doc.transact(() -> {
            String rank = rankAt(Place.PENDING, userId, Integer.MAX_VALUE);
            YMap entry = queue.setMap(userId);
            entry.set(LIST, Place.PENDING.wireName());
            entry.set(Place.PENDING.rankField(), rank);
            entry.set(NAME, name);
            entry.set(REQUESTED_AT, requestedAt);
            entry.set(TICKET, ticket);
        });
        return true;
    }

    /** Moves somebody to the end of the other list. Returns false if they are on it already or in none. */
    public boolean moveTo(Place place, String userId) {
        YMap entry = queue().getMap(userId);
        if (entry == null || place == Place.of(entry.get(LIST))) {
            return false;
        }
        doc.transact(() -> {
            String rank = rankAt(place, userId, Integer.MAX_VALUE);
            entry.set(LIST, place.wireName());
            entry.set(place.rankField(), rank);
        });
        return true;
    }

    /** Moves somebody inside their list. Returns false if they are there already or in none. */
    public boolean moveToIndex(String userId, int index) {
        YMap entry = queue().getMap(userId);
        Place place = entry == null ? null : placeOf(entry);
        if (entry == null || place == null) {
            return false;
        }
        List<QueueEntry> list = view().list(place);
        int target = Math.min(index, list.size() - 1);
        if (list.get(target).userId().equals(userId)) {
            return false;
        }
        doc.transact(() -> entry.set(place.rankField(), rankAt(place, userId, target)));
        return true;
    }

    /** Takes somebody out of the queue. Returns false if they are not in it. */
    public boolean remove(String userId) {
        if (!queue().has(userId)) {
            return false;
        }
        queue().delete(userId);
        return true;
    }

    /** Whether somebody is in the queue, and where. */
    public @Nullable Place placeOf(String userId) {
        YMap entry = queue().getMap(userId);
        return entry == null ? null : placeOf(entry);
    }

    /** How many people are in the queue; keys that are flaws count until they are repaired. */
    public int size() {
        return queue().keys().size();
    }

    /** Mends a flaw, so that every reader's document says what all read into it. */
    public void repair(QueueView.Flaw flaw) {
        YMap entry = queue().getMap(flaw.key());
        doc.transact(() -> {
            switch (flaw.kind()) {
                case NO_ENTRY -> queue().delete(flaw.key());
                case NO_LIST -> moveTo(Place.PENDING, flaw.key());
                case NO_RANK -> {
                    if (entry != null) {
                        Place place = placeOf(entry);
                        entry.set(place.rankField(), rankAt(place, flaw.key(), Integer.MAX_VALUE));
                    }
                }
            }
        });
    }

    /** Gives a list short ranks again if it has long ones. Returns whether it had. */
    public boolean shortenRanks(Place place) {
        List<QueueEntry> list = view().list(place);
        boolean needed = list.stream()
                .anyMatch(entry -> entry.rank() != null && entry.rank().length() > LONG_RANK);
        if (needed) {
            doc.transact(() -> rankAnew(place, list));
        }
        return needed;
    }

    /** The same people on the same lists in a new document that begins with {@code mark}; nothing else comes along. */
    public byte[] copyInto(byte[] mark) {
        Doc copy = new Doc();
        copy.applyUpdate(mark);
        QueueView view = view();
        copy.transact(() -> {
            for (Place place : Place.values()) {
                copyList(copy.getMap(QUEUE), place, view.list(place));
            }
        });
        return copy.encodeStateAsUpdate();
    }

    private static void copyList(YMap queue, Place place, List<QueueEntry> list) {
        List<String> ranks = FractionalIndex.sequence(list.size());
        for (int i = 0; i < list.size(); i++) {
            QueueEntry entry = list.get(i);
            YMap map = queue.setMap(entry.userId());
            map.set(LIST, place.wireName());
            map.set(place.rankField(), ranks.get(i));
            map.set(NAME, entry.name());
            map.set(REQUESTED_AT, entry.requestedAt());
            map.set(TICKET, entry.requestId());
        }
    }

    /** Both lists, and what is wrong with the document. */
    public QueueView view() {
        List<QueueEntry> pending = new ArrayList<>();
        List<QueueEntry> live = new ArrayList<>();
        List<QueueView.Flaw> flaws = new ArrayList<>();
        YMap queue = queue();
        for (String key : queue.keys()) {
            YMap map = queue.getMap(key);
            if (map == null || !isUserId(key)) {
                flaws.add(new QueueView.Flaw(key, QueueView.Kind.NO_ENTRY, key + "=" + queue.id(key)));
                continue;
            }
            QueueEntry entry = read(key, map, Objects.requireNonNull(queue.id(key)), flaws);
            (entry.place() == Place.LIVE ? live : pending).add(entry);
        }
        pending.sort(QueueEntry.ORDER);
        live.sort(QueueEntry.ORDER);
        return new QueueView(pending, live, flaws);
    }

    private static QueueEntry read(String userId, YMap map, Id id, List<QueueView.Flaw> flaws) {
        Place place = placeOf(map);
        Id listId = map.id(LIST);
        if (Place.of(map.get(LIST)) == null) {
            flaws.add(new QueueView.Flaw(userId, QueueView.Kind.NO_LIST, id + ".list=" + listId));
        }
        String rank = map.get(place.rankField()) instanceof String text
                        && RANK.matcher(text).matches()
                ? text
                : null;
        if (rank == null) {
            String cause = id + "." + place.rankField() + "=" + map.id(place.rankField());
            flaws.add(new QueueView.Flaw(userId, QueueView.Kind.NO_RANK, cause));
        }
        return new QueueEntry(
                userId,
                text(map.get(NAME), MAX_NAME, userId),
                map.get(REQUESTED_AT) instanceof Number number ? number.longValue() : 0,
                text(map.get(TICKET), MAX_TICKET, id.toString()),
                place,
                rank,
                String.valueOf(listId == null ? id : listId));
    }

    private static Place placeOf(YMap entry) {
        Place place = Place.of(entry.get(LIST));
        return place == null ? Place.PENDING : place;
    }

    /**
     * A rank that puts somebody at an index of a list without them. Neighbours of equal rank are taken as one; where ranks
     * that are no keys leave no room, the whole list is ranked anew.
     */
    private String rankAt(Place place, String userId, int index) {
        List<QueueEntry> others = new ArrayList<>(view().list(place));
        others.removeIf(entry -> entry.userId().equals(userId));
        int at = Math.min(index, others.size());
        String lower = at == 0 ? null : others.get(at - 1).rank();
        String upper = null;
        for (int i = at; i < others.size() && upper == null; i++) {
            String rank = others.get(i).rank();
            upper = rank != null && (lower == null || rank.compareTo(lower) > 0) ? rank : null;
        }
        boolean usable = (at == 0 || lower != null)
                && (lower == null || FractionalIndex.isKey(lower))
                && (upper == null || FractionalIndex.isKey(upper));
        if (usable) {
            try {
                return FractionalIndex.between(lower, upper);
            } catch (IllegalArgumentException noRoom) {
                // Only before the smallest key there is; the list is ranked anew like one with foreign ranks.
            }
        }
        List<String> ranks = FractionalIndex.sequence(others.size() + 1);
        String own = ranks.remove(at);
        setRanks(place, others, ranks);
        return own;
    }

    private void rankAnew(Place place, List<QueueEntry> list) {
        setRanks(place, list, FractionalIndex.sequence(list.size()));
    }

    private void setRanks(Place place, List<QueueEntry> list, List<String> ranks) {
        for (int i = 0; i < list.size(); i++) {
            YMap entry = queue().getMap(list.get(i).userId());
            if (entry != null && !ranks.get(i).equals(list.get(i).rank())) {
                entry.set(place.rankField(), ranks.get(i));
            }
        }
    }

    private YMap queue() {
        return doc.getMap(QUEUE);
    }

    private static String text(@Nullable Object value, int maxLength, String otherwise) {
        return value instanceof String text && !text.isEmpty() && text.length() <= maxLength ? text : otherwise;
    }

    private static boolean isUserId(String key) {
        try {
            Ids.userId(key);
            return true;
        } catch (InvalidIdException e) {
            return false;
        }
    }
}
