"""One verb one module: options in, one library call, message out. Only these modules print."""
