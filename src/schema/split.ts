/** `split` in the manifest of processed_data when the test rows come from a file of their own. */
export const TEST_FILE_SPLIT = "test.tsv";
