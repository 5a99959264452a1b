/** The vendors' packages load on demand, and only where the vendor is real: they do not count. */
const ON_DEMAND = [
  /node_modules\/livekit-client\//,
  /node_modules\/@twilio\/conversations\//,
  /^src\/recording\/Player\.tsx$/,
];

/**
 * The files of all chunks that a page without vendors may load, by Vite's manifest: whatever the entries import, now or
 * later, but for the vendors' packages. One of those that is imported at once counts, and so breaks the budget.
 */
export function countedFiles(manifest) {
  const counted = new Set();
  const visit = (key) => {
    const chunk = manifest[key];
    if (!chunk || counted.has(chunk.file)) return;
    counted.add(chunk.file);
    chunk.imports?.forEach(visit);
    chunk.dynamicImports?.filter((one) => !ON_DEMAND.some((vendor) => vendor.test(one))).forEach(visit);
  };
  Object.keys(manifest)
    .filter((key) => manifest[key].isEntry)
    .forEach(visit);
  return [...counted].filter((file) => file.endsWith(".js"));
}

/** The files that only a page with real vendors loads. */
export function vendorFiles(manifest) {
  const counted = new Set(countedFiles(manifest));
  return Object.values(manifest)
    .map((chunk) => chunk.file)
    .filter((file) => file.endsWith(".js") && !counted.has(file));
}
