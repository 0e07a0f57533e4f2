import { nodeProject } from '../tools/jest.node.mjs';

export default nodeProject('backend', import.meta.dirname);
