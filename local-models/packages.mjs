// The one way into these packages: they are found from this folder, and only when they are needed.
export const nodeLlamaCpp = () => import('node-llama-cpp');
export const transformers = () => import('@huggingface/transformers');
