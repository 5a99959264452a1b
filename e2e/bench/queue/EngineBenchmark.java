import com.eventuall.yjs.Doc;
import java.io.DataInputStream;
import java.io.FileInputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;

/**
 * The same for the Java engine: applies the recorded updates one by one, then loads the result and weighs it. Arguments: file
 * of updates, file of a queue without history, runs.
 */
public final class EngineBenchmark {

    public static void main(String[] arguments) throws Exception {
        List<byte[]> updates = read(arguments[0]);
        List<Long> wall = new ArrayList<>();
        List<Long> cpu = new ArrayList<>();
        byte[] state = new byte[0];
        var threads = ManagementFactory.getThreadMXBean();
        for (int run = Integer.parseInt(arguments[2]); run > 0; run--) {
            Doc doc = new Doc();
            doc.onUpdate(update -> {});
            long cpuStart = threads.getCurrentThreadCpuTime();
            long start = System.nanoTime();
            updates.forEach(doc::applyUpdate);
            wall.add((System.nanoTime() - start) / 1_000_000);
            cpu.add((threads.getCurrentThreadCpuTime() - cpuStart) / 1_000_000);
            state = doc.encodeStateAsUpdate();
        }
        List<Long> loads = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            long start = System.nanoTime();
            new Doc().applyUpdate(state);
            loads.add((System.nanoTime() - start) / 1_000_000);
        }
        System.out.printf(
                "{\"engine\":\"java\",\"updates\":%d,\"wallMs\":%s,\"cpuMs\":%s,\"loadMs\":%s,\"stateBytes\":%d,"
                        + "\"heapBytesPerDoc\":%d,\"heapBytesPerFreshDoc\":%d}%n",
                updates.size(),
                wall,
                cpu,
                loads,
                state.length,
                weigh(state),
                weigh(read(arguments[1]).get(0)));
    }

    private static List<byte[]> read(String file) throws IOException {
        List<byte[]> updates = new ArrayList<>();
        try (DataInputStream in = new DataInputStream(new FileInputStream(file))) {
            for (int rest = in.readInt(); rest > 0; rest--) {
                updates.add(in.readNBytes(in.readInt()));
            }
        }
        return updates;
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
