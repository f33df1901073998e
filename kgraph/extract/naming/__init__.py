"""Names as they stand in a text, before it is known whom they mean: one module for each way of telling one."""
