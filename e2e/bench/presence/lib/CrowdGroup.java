import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** Clients that are driven and counted together. */
final class CrowdGroup {
    final String name;
    final List<CrowdClient> clients = new ArrayList<>();
    final Deque<CrowdClient> waiting = new ArrayDeque<>();
    int connecting;
    /** Refused ones, until they try again. */
    int later;
    int parallel;
    int refusals;
    long begun;
    int receiveBuffer;
    byte[] mark = new byte[0];
    int marks;
    long[] seen = new long[0];
    int seers;

    CrowdGroup(String name) {
        this.name = name;
    }
}
