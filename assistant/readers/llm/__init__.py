"""The reader that asks a chat model: it proposes, the code around it decides what stands."""

from assistant.readers.llm.opening import open_client, open_reader, open_traffic, rehearsing_reader

__all__ = ["open_client", "open_reader", "open_traffic", "rehearsing_reader"]
