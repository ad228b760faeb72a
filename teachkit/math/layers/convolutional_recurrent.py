"""ConvLSTM: an LSTM whose products are convolutions."""
