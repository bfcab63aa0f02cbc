"""The one room that reaches the network, for commands and adapters to hand to the engines."""
