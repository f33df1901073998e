"""The commands of `kgraph`, one module each: options, a call of the library, what is shown."""
