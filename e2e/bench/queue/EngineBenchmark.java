import com.eventuall.yjs.Doc;
import java.io.DataInputStream;
import java.io.FileInputStream;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;

/** The same for the Java engine: applies the recorded updates one by one, then loads the result and weighs it. */
public final class EngineBenchmark {

    public static void main(String[] arguments) throws Exception {
        List<byte[]> updates = new ArrayList<>();
        try (DataInputStream in = new DataInputStream(new FileInputStream(arguments[0]))) {
            for (int rest = in.readInt(); rest > 0; rest--) {
                updates.add(in.readNBytes(in.readInt()));
            }
        }
        List<Long> wall = new ArrayList<>();
        List<Long> cpu = new ArrayList<>();
        byte[] state = new byte[0];
        var threads = ManagementFactory.getThreadMXBean();
        for (int run = Integer.parseInt(arguments[1]); run > 0; run--) {
            Doc doc = new Doc();
            doc.onUpdate(update -> {});
            long cpuStart = threads.getCurrentThreadCpuTime();
            long start = System.nanoTime();
            updates.forEach(doc::applyUpdate);
            wall.add((System.nanoTime() - start) / 1_000_000);
            cpu.add((threads.getCurrentThreadCpuTime() - cpuStart) / 1_000_000);
            state = doc.encodeStateAsUpdate();
        }
        long start = System.nanoTime();
        Doc loaded = new Doc();
        loaded.applyUpdate(state);
        double loadMs = (System.nanoTime() - start) / 1e6;
        System.out.printf(
                "{\"engine\":\"java\",\"updates\":%d,\"wallMs\":%s,\"cpuMs\":%s,\"loadMs\":%.1f,\"stateBytes\":%d,\"heapBytesPerDoc\":%d}%n",
                updates.size(), wall, cpu, loadMs, state.length, weigh(state));
    }

    private static long weigh(byte[] state) throws InterruptedException {
        List<Doc> docs = new ArrayList<>();
        long before = used();
        for (int i = 0; i < 20; i++) {
            Doc doc = new Doc();
            doc.applyUpdate(state);
            docs.add(doc);
        }
        long bytes = (used() - before) / docs.size();
        if (docs.get(0).structCount() == 0) {
            throw new IllegalStateException("an empty document weighs nothing");
        }
        return bytes;
    }

    private static long used() throws InterruptedException {
        for (int i = 0; i < 3; i++) {
            System.gc();
            Thread.sleep(50);
        }
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }
}
