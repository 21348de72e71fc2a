// Style sheets mean nothing to jsdom: this stands in for them.
export {};
