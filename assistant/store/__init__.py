"""The store: deals, their files, packets with every version, the model's answers, and who did what."""

from assistant.store.engine import Store, StoreBusy, StoreError, StoreFull, open_store

__all__ = ["Store", "StoreBusy", "StoreError", "StoreFull", "open_store"]
