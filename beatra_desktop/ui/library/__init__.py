"""The library: everything made and everything uploaded, as one page."""
