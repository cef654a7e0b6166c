/** The oldest Node that the tools and the app run on; the same as `engines` in package.json. */
const OLDEST = [20, 19];

/**
 * What to tell a person whose Node is too old. Plain old syntax and no imports: this runs before anything else, and
 * must be readable by the Node that it complains about.
 * @param {string} version as in `process.versions.node`
 * @returns {string | undefined} nothing when the version will do
 */
export function nodeProblem(version) {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const [oldestMajor = 0, oldestMinor = 0] = OLDEST;
  if (major > oldestMajor || (major === oldestMajor && minor >= oldestMinor)) return undefined;
  return `Hepatica needs Node ${OLDEST.join('.')} or newer; this is Node ${version}. Get a newer one from https://nodejs.org.`;
}
